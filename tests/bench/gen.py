#!/usr/bin/env python3
"""Deterministic weights, inputs and float64 numpy references for the standard workloads (W1 U-Net, W2 and W4 transformer, W3 points; crate/workloads says what each does).
python3 gen.py OUTDIR writes <m>.json + <m>.bin (f32 weights, C order, concatenated), inputs and references. Needs numpy."""
import numpy as np, json, os, sys
OUT=sys.argv[1] if len(sys.argv)>1 else 'data'; os.makedirs(OUT,exist_ok=True)
f64=np.float64
class Params:
    def __init__(s,seed): s.rng=np.random.default_rng(seed); s.d={}
    def n(s,name,shape,std,mean=0.0):
        s.d[name]=(s.rng.standard_normal(shape)*std+mean).astype(np.float32); return s.d[name]
    def save(s,name):
        man=[];off=0;bufs=[]
        for k,v in s.d.items(): man.append(dict(name=k,shape=list(v.shape),offset=off,size=int(v.size))); off+=v.size; bufs.append(v.ravel())
        np.concatenate(bufs).astype('<f4').tofile(f'{OUT}/{name}.bin'); json.dump(man,open(f'{OUT}/{name}.json','w')); return off
    def g(s): return {k:v.astype(f64) for k,v in s.d.items()}
def save(name,a,dt='<f4'): np.ascontiguousarray(a).astype(dt).tofile(f'{OUT}/{name}.bin')
# ---------------------------------------------------------------- W1 U-Net
def unet_params():
    P=Params(1)
    def conv(n,ci,co,k): P.n(n+'.w',(co,ci,k,k),1/np.sqrt(ci*k*k)); P.n(n+'.b',(co,),.1)
    def lin(n,ci,co): P.n(n+'.w',(ci,co),1/np.sqrt(ci)); P.n(n+'.b',(co,),.1)
    def gn(n,c): P.n(n+'.g',(c,),.1,1.); P.n(n+'.b',(c,),.1)
    def res(n,ci,co):
        gn(n+'.gn1',ci); conv(n+'.conv1',ci,co,3); lin(n+'.temb',128,co); gn(n+'.gn2',co); conv(n+'.conv2',co,co,3)
        if ci!=co: conv(n+'.skip',ci,co,1)
    lin('time1',32,128); lin('time2',128,128)
    conv('conv_in',1,32,3)
    res('d0',32,32); conv('down0',32,64,3); res('d1',64,64); conv('down1',64,128,3); res('d2',128,128)
    gn('attn.gn',128); conv('attn.qkv',128,384,1); conv('attn.proj',128,128,1)
    res('u2',128,128); conv('up1',128,64,3); res('u1',128,64); conv('up0',64,32,3); res('u0',64,32)
    gn('out.gn',32); conv('conv_out',32,1,3)
    return P
FL={'w':0}
def conv2d(x,w,b,stride=1):
    B,C,H,W=x.shape; O,_,k,_=w.shape; p=k//2
    xp=np.pad(x,((0,0),(0,0),(p,p),(p,p))); Ho=(H+2*p-k)//stride+1; Wo=(W+2*p-k)//stride+1
    cols=np.empty((B,C,k,k,Ho,Wo),x.dtype)
    for i in range(k):
        for j in range(k): cols[:,:,i,j]=xp[:,:,i:i+stride*Ho:stride,j:j+stride*Wo:stride]
    y=np.einsum('ok,bkn->bon',w.reshape(O,-1),cols.reshape(B,C*k*k,Ho*Wo),optimize=True).reshape(B,O,Ho,Wo)
    FL['w']+=2*B*O*C*k*k*Ho*Wo
    return y+b[None,:,None,None]
def mm(a,b):
    FL['w']+=2*int(np.prod(a.shape))*b.shape[-1]; return a@b
silu=lambda x:x/(1+np.exp(-x))
def gnorm(x,g,b,G=8,eps=1e-5):
    B,C,H,W=x.shape; y=x.reshape(B,G,-1); y=(y-y.mean(-1,keepdims=True))/np.sqrt(y.var(-1,keepdims=True)+eps)
    return y.reshape(x.shape)*g[None,:,None,None]+b[None,:,None,None]
def softmax(x): e=np.exp(x-x.max(-1,keepdims=True)); return e/e.sum(-1,keepdims=True)
def sincos(t,dim=32):
    h=dim//2; f=np.exp(-np.log(10000.)*np.arange(h)/h); a=np.asarray(t,f64)[:,None]*f[None]; return np.concatenate([np.sin(a),np.cos(a)],-1)
def unet(p,x,t):
    c=lambda n,x,s=1:conv2d(x,p[n+'.w'],p[n+'.b'],s)
    te=mm(silu(mm(sincos(t),p['time1.w'])+p['time1.b']),p['time2.w'])+p['time2.b']; st=silu(te)
    def res(n,x):
        h=c(n+'.conv1',silu(gnorm(x,p[n+'.gn1.g'],p[n+'.gn1.b'])))
        h=h+(mm(st,p[n+'.temb.w'])+p[n+'.temb.b'])[:,:,None,None]
        h=c(n+'.conv2',silu(gnorm(h,p[n+'.gn2.g'],p[n+'.gn2.b'])))
        return h+(c(n+'.skip',x) if n+'.skip.w' in p else x)
    up=lambda x:x.repeat(2,2).repeat(2,3)
    h=c('conv_in',x); s0=h=res('d0',h); h=c('down0',h,2); s1=h=res('d1',h); h=c('down1',h,2); h=res('d2',h)
    B=x.shape[0]; qkv=c('attn.qkv',gnorm(h,p['attn.gn.g'],p['attn.gn.b'])).reshape(B,3,4,32,64)
    q,k,v=qkv[:,0],qkv[:,1],qkv[:,2]                       # [B,4,32,64] channel-major: ch = which*128+head*32+i
    A=softmax(mm(q.transpose(0,1,3,2),k)/np.sqrt(32.)); o=mm(A,v.transpose(0,1,3,2)) # [B,4,64q,32]
    h=h+c('attn.proj',o.transpose(0,1,3,2).reshape(B,128,8,8))
    h=res('u2',h); h=c('up1',up(h)); h=res('u1',np.concatenate([h,s1],1)); h=c('up0',up(h)); h=res('u0',np.concatenate([h,s0],1))
    return c('conv_out',silu(gnorm(h,p['out.gn.g'],p['out.gn.b'])))
# DDIM schedule: T=1000 linear betas 1e-4..2e-2; 20 steps t=999,949,...,49 ; x<-c1 x + c2 eps
def ddim():
    ab=np.cumprod(1-np.linspace(1e-4,2e-2,1000)); ts=np.arange(999,0,-50)[:20]; C=[]
    for i,t in enumerate(ts):
        a=ab[t]; an=ab[ts[i+1]] if i+1<len(ts) else 1.0
        c1=np.sqrt(an/a); c2=np.sqrt(1-an)-np.sqrt(an*(1-a)/a); C.append((float(t),c1,c2))
    return np.array(C)
# ---------------------------------------------------------------- W2 / W4 GPT
def gpt_params(seed,V,d,L,mlp):
    P=Params(seed); P.n('emb',(V,d),1.0 if seed==2 else .02)
    for l in range(L):
        n=f'l{l}'; P.n(n+'.ln1.g',(d,),.1,1.); P.n(n+'.ln1.b',(d,),.1); P.n(n+'.qkv.w',(d,3*d),1/np.sqrt(d)); P.n(n+'.qkv.b',(3*d,),.1)
        P.n(n+'.proj.w',(d,d),1/np.sqrt(d)); P.n(n+'.proj.b',(d,),.1); P.n(n+'.ln2.g',(d,),.1,1.); P.n(n+'.ln2.b',(d,),.1)
        P.n(n+'.fc1.w',(d,mlp),1/np.sqrt(d)); P.n(n+'.fc1.b',(mlp,),.1); P.n(n+'.fc2.w',(mlp,d),1/np.sqrt(mlp)); P.n(n+'.fc2.b',(d,),.1)
    P.n('lnf.g',(d,),.1,1.); P.n('lnf.b',(d,),.1); P.n('head.w',(d,V),1/np.sqrt(d)); return P
def lnorm(x,g,b,eps=1e-5):
    m=x.mean(-1,keepdims=True); r=1/np.sqrt(x.var(-1,keepdims=True)+eps); xh=(x-m)*r; return xh*g+b,(xh,r,g)
def lnorm_b(dy,c):
    xh,r,g=c; ax=tuple(range(dy.ndim-1)); dg=(dy*xh).sum(ax); db=dy.sum(ax); dx=dy*g
    dx=(dx-dx.mean(-1,keepdims=True)-xh*(dx*xh).mean(-1,keepdims=True))*r; return dx,dg,db
K0=np.sqrt(2/np.pi)
def gelu(x): return .5*x*(1+np.tanh(K0*(x+.044715*x**3)))
def gelu_b(x): t=np.tanh(K0*(x+.044715*x**3)); return .5*(1+t)+.5*x*(1-t*t)*K0*(1+3*.044715*x*x)
def rope_tab(T,dh):
    h=dh//2; f=10000.**(-np.arange(h)/h); a=np.arange(T)[:,None]*f[None]; return np.cos(a),np.sin(a)
def rope(x,c,s): # x [...,T,dh], half-split pairs (i,i+dh/2)
    h=x.shape[-1]//2; a,b=x[...,:h],x[...,h:]; return np.concatenate([a*c-b*s,b*c+a*s],-1)
def gpt(p,tok,L,H,cache=None):
    """tok [B,T] -> logits [B,T,V], maps [L,B,H,T,T]"""
    B,T=tok.shape; d=p['emb'].shape[1]; dh=d//H; cs,sn=rope_tab(T,dh); x=p['emb'][tok]; maps=[]
    mask=np.triu(np.full((T,T),-np.inf),1)
    for l in range(L):
        n=f'l{l}'; h,c1=lnorm(x,p[n+'.ln1.g'],p[n+'.ln1.b']); qkv=mm(h,p[n+'.qkv.w'])+p[n+'.qkv.b']
        q,k,v=[z.reshape(B,T,H,dh).transpose(0,2,1,3) for z in np.split(qkv,3,-1)]
        q=rope(q,cs,sn);k=rope(k,cs,sn); A=softmax(mm(q,k.transpose(0,1,3,2))/np.sqrt(dh)+mask); maps.append(A)
        o=mm(A,v).transpose(0,2,1,3).reshape(B,T,d); x1=x+mm(o,p[n+'.proj.w'])+p[n+'.proj.b']
        h2,c2=lnorm(x1,p[n+'.ln2.g'],p[n+'.ln2.b']); u=mm(h2,p[n+'.fc1.w'])+p[n+'.fc1.b']; g=gelu(u); x2=x1+mm(g,p[n+'.fc2.w'])+p[n+'.fc2.b']
        if cache is not None: cache.append((h,c1,q,k,v,A,o,h2,c2,u,g))
        x=x2
    xf,cf=lnorm(x,p['lnf.g'],p['lnf.b'])
    if cache is not None: cache.append((xf,cf))
    return mm(xf,p['head.w']),np.stack(maps)
def gpt_loss_grad(p,tok,L,H):
    inp,tgt=tok[:,:-1],tok[:,1:]; C=[]; lg,_=gpt(p,inp,L,H,C); B,T=inp.shape; d=p['emb'].shape[1]; dh=d//H; N=B*T
    m=lg.max(-1,keepdims=True); lse=m[...,0]+np.log(np.exp(lg-m).sum(-1)); loss=(lse-np.take_along_axis(lg,tgt[...,None],-1)[...,0]).mean()
    dl=softmax(lg); np.put_along_axis(dl,tgt[...,None],np.take_along_axis(dl,tgt[...,None],-1)-1,-1); dl/=N
    G={}; xf,cf=C[-1]; R=lambda a:a.reshape(-1,a.shape[-1]); cs,sn=rope_tab(T,dh)
    G['head.w']=R(xf).T@R(dl); dx=dl@p['head.w'].T; dx,G['lnf.g'],G['lnf.b']=lnorm_b(dx,cf)
    for l in reversed(range(L)):
        n=f'l{l}'; h,c1,q,k,v,A,o,h2,c2,u,g=C[l]
        G[n+'.fc2.w']=R(g).T@R(dx); G[n+'.fc2.b']=R(dx).sum(0); du=(dx@p[n+'.fc2.w'].T)*gelu_b(u)
        G[n+'.fc1.w']=R(h2).T@R(du); G[n+'.fc1.b']=R(du).sum(0); dh2=du@p[n+'.fc1.w'].T
        z,G[n+'.ln2.g'],G[n+'.ln2.b']=lnorm_b(dh2,c2); dx=dx+z
        G[n+'.proj.w']=R(o).T@R(dx); G[n+'.proj.b']=R(dx).sum(0); do=(dx@p[n+'.proj.w'].T).reshape(B,T,H,dh).transpose(0,2,1,3)
        dA=do@v.transpose(0,1,3,2); dv=A.transpose(0,1,3,2)@do; dS=A*(dA-(dA*A).sum(-1,keepdims=True))/np.sqrt(dh)
        dq=rope(dS@k,cs,-sn); dk=rope(dS.transpose(0,1,3,2)@q,cs,-sn)
        dqkv=np.concatenate([z.transpose(0,2,1,3).reshape(B,T,d) for z in (dq,dk,dv)],-1)
        G[n+'.qkv.w']=R(h).T@R(dqkv); G[n+'.qkv.b']=R(dqkv).sum(0); z,G[n+'.ln1.g'],G[n+'.ln1.b']=lnorm_b(dqkv@p[n+'.qkv.w'].T,c1); dx=dx+z
    G['emb']=np.zeros_like(p['emb']); np.add.at(G['emb'],inp,dx); return loss,G
# ---------------------------------------------------------------- W3 MLP
def mlp_params():
    P=Params(3)
    for i,(a,b) in enumerate([(34,128),(128,128),(128,128),(128,2)]): P.n(f'w{i}',(a,b),1/np.sqrt(a)); P.n(f'b{i}',(b,),.01)
    return P
def mlp_loss_grad(p,x0,t,eps,ab):
    a=ab[t][:,None]; xt=np.sqrt(a)*x0+np.sqrt(1-a)*eps; h=np.concatenate([xt,sincos(t)],-1); acts=[h];us=[]
    for i in range(3): u=mm(h,p[f'w{i}'])+p[f'b{i}']; h=silu(u); us.append(u); acts.append(h)
    out=mm(h,p['w3'])+p['b3']; r=out-eps; loss=(r*r).mean(); dy=2*r/r.size; G={}
    for i in (3,2,1,0):
        G[f'w{i}']=acts[i].T@dy; G[f'b{i}']=dy.sum(0)
        if i: s=1/(1+np.exp(-us[i-1])); dy=(dy@p[f'w{i}'].T)*(s+us[i-1]*s*(1-s))
    return loss,G
class Adam:
    def __init__(s,p,lr=1e-3): s.m={k:np.zeros_like(v) for k,v in p.items()}; s.v={k:np.zeros_like(v) for k,v in p.items()}; s.t=0; s.lr=lr
    def step(s,p,G):
        s.t+=1; b1,b2=.9,.999
        for k in p:
            s.m[k]=b1*s.m[k]+(1-b1)*G[k]; s.v[k]=b2*s.v[k]+(1-b2)*G[k]**2
            p[k]=p[k]-s.lr*(s.m[k]/(1-b1**s.t))/(np.sqrt(s.v[k]/(1-b2**s.t))+1e-8)
def fdcheck(f,p,G,n=3):
    rng=np.random.default_rng(0); worst=0
    for k in p:
        for _ in range(n):
            i=tuple(rng.integers(0,s) for s in p[k].shape); o=p[k][i]; e=1e-5; p[k][i]=o+e; a=f(p)[0]; p[k][i]=o-e; b=f(p)[0]; p[k][i]=o
            worst=max(worst,abs((a-b)/(2*e)-G[k][i])/(abs(G[k][i])+1e-6))
    return worst
if __name__=='__main__':
    info={}
    # W1
    P=unet_params(); n1=P.save('w1'); p=P.g(); rng=np.random.default_rng(11)
    x=rng.standard_normal((16,1,32,32)).astype(np.float32); t=np.array([(i*61+37)%1000 for i in range(16)],np.float32); save('w1_x',x); save('w1_t',t)
    FL['w']=0; y1=unet(p,x[:1].astype(f64),t[:1]); f1=FL['w']; FL['w']=0; y=unet(p,x.astype(f64),t); f16=FL['w']; assert abs(y[:1]-y1).max()<1e-9
    save('w1_y',y); C=ddim(); save('w1_ddim',C)
    for B in (1,16):
        z=x[:B].astype(f64)
        for (tt,c1,c2) in C: z=np.float32(c1).astype(f64)*z+np.float32(c2).astype(f64)*unet(p,z,np.full(B,tt))
        save(f'w1_chain{B}',z); info[f'w1_chain{B}_absmax']=float(abs(z).max())
    info.update(w1_params=n1,w1_flops_b1=f1,w1_flops_b16=f16,w1_y_absmax=float(abs(y).max()),w1_y_std=float(y.std()))
    # W2
    P=gpt_params(2,96,128,4,512); n2=P.save('w2'); p=P.g(); rng=np.random.default_rng(22)
    tok=rng.integers(0,96,(1,128)); save('w2_tok',tok,'<i4'); FL['w']=0; lg,mp=gpt(p,tok,4,4); f2=FL['w']; save('w2_logits',lg); save('w2_maps',mp)
    seq=[0]; gaps=[]; LG=[]
    for i in range(128):
        l,_=gpt(p,np.array([seq]),4,4); r=l[0,-1]; LG.append(r); s=np.sort(r); gaps.append(s[-1]-s[-2]); seq.append(int(r.argmax()))
    save('w2_gen',np.array(seq),'<i4'); save('w2_genlogits',np.array(LG)); info.update(w2_params=n2,w2_flops=f2,w2_mingap=float(min(gaps)),w2_distinct=len(set(seq)),w2_logit_std=float(lg.std()))
    # W3
    P=mlp_params(); n3=P.save('w3'); p=P.g(); rng=np.random.default_rng(33); ab=np.cumprod(1-np.linspace(1e-4,2e-2,1000)); save('ab',ab); ab=ab.astype(np.float32).astype(f64)
    NB=64; th=rng.uniform(0,2*np.pi,(NB,512)); r=1+.05*rng.standard_normal((NB,512)); k=rng.integers(0,2,(NB,512))
    x0=np.stack([np.cos(th)*r*(.5+.5*k),np.sin(th)*r*(.5+.5*k)],-1).astype(np.float32); tt=rng.integers(0,1000,(NB,512)).astype(np.int32); ep=rng.standard_normal((NB,512,2)).astype(np.float32)
    save('w3_x0',x0); save('w3_t',tt,'<i4'); save('w3_eps',ep); A=Adam(p); ls=[]
    FL['w']=0; l,G=mlp_loss_grad(p,x0[0].astype(f64),tt[0],ep[0].astype(f64),ab); f3=FL['w']; info['w3_fd']=fdcheck(lambda q:mlp_loss_grad(q,x0[0].astype(f64),tt[0],ep[0].astype(f64),ab),p,G)
    for i in range(50): l,G=mlp_loss_grad(p,x0[i].astype(f64),tt[i],ep[i].astype(f64),ab); A.step(p,G); ls.append(l)
    save('w3_loss',np.array(ls)); info.update(w3_params=n3,w3_flops_fwd=f3,w3_flops_step=3*f3,w3_loss=[ls[0],ls[49]])
    # W4
    P=gpt_params(4,96,64,2,256); n4=P.save('w4'); p=P.g(); rng=np.random.default_rng(44)
    base=rng.integers(0,96,(1024,)); ST=rng.integers(0,900,(NB,16)); tk=np.stack([[base[s:s+65] for s in row] for row in ST]); tk=np.where(rng.random(tk.shape)<.1,rng.integers(0,96,tk.shape),tk)
    save('w4_tok',tk,'<i4'); FL['w']=0; l,G=gpt_loss_grad(p,tk[0],2,4); f4=FL['w']; info['w4_fd']=fdcheck(lambda q:gpt_loss_grad(q,tk[0],2,4),p,G,2)
    A=Adam(p); ls=[]
    for i in range(50): l,G=gpt_loss_grad(p,tk[i],2,4); A.step(p,G); ls.append(l)
    save('w4_loss',np.array(ls)); info.update(w4_params=n4,w4_flops_fwd=f4,w4_flops_step=3*f4,w4_loss=[ls[0],ls[49]])
    json.dump(info,open(f'{OUT}/info.json','w'),indent=1); print(json.dumps(info,indent=1))
