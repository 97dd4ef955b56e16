import sys, os
from samgraf.loader import load
from samgraf.checks.structure import structure
from samgraf.checks.evidence import write_spans, verify
def main():
    w=load(None)
    if sys.argv[1]=='spans':
        n,p=write_spans(w, sys.argv[3])
        for x in p: print(x)
        print(n,'passages;',len(p),'problems')
    else:
        p=sorted(w.problems+list(structure(w)))
        for x in p: print(x)
        print(len(w.entities),'entities',sum(1 for _ in w.claims),'claims',len(p),'problems')
if __name__=='__main__': main()
